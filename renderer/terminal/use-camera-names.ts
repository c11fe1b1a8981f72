import { useEffect, useState } from 'react';
import { useCameraStream, usePage } from '../context.ts';

/** The cameras that the page sees, by name: they have one once a camera is open. */
export function useCameraNames(): readonly string[] {
  const { camera } = usePage();
  const stream = useCameraStream(camera);
  const [names, setNames] = useState<readonly string[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: names are told once there is a picture
  useEffect(() => {
    const look = async () => {
      const devices = await navigator.mediaDevices.enumerateDevices();
      const labels = devices.flatMap(({ kind, label }) => (kind === 'videoinput' && label ? [label] : []));
      setNames([...new Set(labels)]);
    };
    void look();
    navigator.mediaDevices.addEventListener('devicechange', look);
    return () => navigator.mediaDevices.removeEventListener('devicechange', look);
  }, [stream]);
  return names;
}
