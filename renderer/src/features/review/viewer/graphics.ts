/** What the browser can draw code values with: WebGL 2, nothing, or nothing just now. */
export type Graphics = 'ready' | 'none' | 'lost';
