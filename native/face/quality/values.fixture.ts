import type { Component } from './limits.ts';

/** A face that is as good as a reference photo in everything. */
export const GOOD_FACE: Readonly<Record<Component, number>> = {
  SingleFacePresent: 0,
  CropOfTheFaceImage: 1,
  InterEyeDistance: 90,
  HeadSize: 0.5,
  LuminanceMean: 120,
  UnderExposurePrevention: 0.99,
  OverExposurePrevention: 0.99,
  DynamicRange: 7,
  Noise: 1,
  HeadPoseYaw: 0,
  HeadPosePitch: 0,
  HeadPoseRoll: 0,
  Sharpness: 0.05,
  FaceOcclusionPrevention: 0.9,
  EyesOpen: 1,
  MouthClosed: 1,
  NaturalColour: 0,
};
