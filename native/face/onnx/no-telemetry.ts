/**
 * Without this variable onnxruntime keeps a diary of its use and sends it to its makers. It reads the variable when a thread
 * loads it, from the process and not from a thread's copy: so it is set by whoever starts threads, before any is started
 * (`engine.ts`), and by whoever loads onnxruntime itself (`runtime.ts`). It is set here and not by whoever wires, because
 * nobody may be able to forget it. Nothing else in this folder knows the surroundings.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
