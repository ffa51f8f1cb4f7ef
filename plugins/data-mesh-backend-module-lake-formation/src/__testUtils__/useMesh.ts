import { EmulatedMesh, MeshOptions, startMesh } from './EmulatedMesh';

/** A mesh for each test of a file, stopped after it. */
export function useMesh() {
  let mesh: EmulatedMesh | undefined;
  afterEach(async () => {
    await mesh?.stop();
    mesh = undefined;
  });
  return {
    async start(options?: MeshOptions): Promise<EmulatedMesh> {
      mesh = await startMesh(options);
      return mesh;
    },
  };
}
