/** Thrown, and caught at the door, where a text needs the full parser. One object for all, since making errors takes time. */
export const NOT_PLAIN = new Error('Only the full parser can read this.');

/** Beyond this the full parser says what it thinks of it. */
export const MAX_DEPTH = 100;
