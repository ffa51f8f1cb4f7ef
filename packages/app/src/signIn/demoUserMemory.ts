const KEY = 'lakemesh.demo-user';

/** Remembers in this browser tab who is signed in, so that a reload keeps it. */
export const demoUserMemory = {
  get(): string | undefined {
    return window.sessionStorage.getItem(KEY) ?? undefined;
  },
  set(userRef: string) {
    window.sessionStorage.setItem(KEY, userRef);
  },
  clear() {
    window.sessionStorage.removeItem(KEY);
  },
};
