/** The only way to onnxruntime (`.dependency-cruiser.cjs`): it is told to keep its diary for itself before it is loaded. */
import './no-telemetry.ts';

export * as ort from 'onnxruntime-node';
