// Limits of what stands inside questions.

/** One picture. */
export const mostImageBytes = 20 * 1_048_576
/** Width times height times frames: what decoding it may take. A phone's 50 megapixels pass. */
export const mostPixels = 60_000_000
export const longestEdge = 16_384
export const mostFrames = 300
/** One short sound. */
export const mostSoundBytes = 25 * 1_048_576
export const longestSoundSeconds = 600
