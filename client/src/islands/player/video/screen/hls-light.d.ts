// hls.js ships no types for its light build; they are those of the whole, less alternate audio and in-manifest subtitles.
declare module 'hls.js/light' {
  export { default } from 'hls.js'
}
