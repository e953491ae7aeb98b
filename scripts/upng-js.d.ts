/** What is used of the package, which brings no types. */
declare module 'upng-js' {
  interface Picture {
    readonly width: number;
    readonly height: number;
    /** Of a picture with a palette of more than 16 colours: a byte a pixel. */
    readonly data: Uint8Array;
    /** What else is in the file: the palette, three bytes a colour. */
    readonly tabs: { readonly PLTE: readonly number[] };
  }

  const UPNG: {
    decode(png: Uint8Array | ArrayBuffer): Picture;
    /** One buffer a frame, four bytes a pixel. */
    toRGBA8(picture: Picture): ArrayBuffer[];
    /** @param colours in the palette; 0 for all */
    encode(frames: readonly ArrayBuffer[], width: number, height: number, colours: number): ArrayBuffer;
  };
  export default UPNG;
}
