// Tells the LMS how high the page is, so that its frame shows no second scroll bar (`lti.frameResize`; Canvas and others hear it).

/** Shortest time between two messages, in ms. */
const EVERY = 120

/** Watches `node` and tells the parent its height. Returns how to stop. */
export function tellFrameHeight(node: HTMLElement, target: Window = window.parent): () => void {
  if (target === window) return () => {}
  let told = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = () => {
    timer = undefined
    const height = Math.ceil(node.getBoundingClientRect().height)
    if (height === told || height === 0) return
    told = height
    // Any origin may hear it: it is a height and nothing else.
    target.postMessage(JSON.stringify({ subject: 'lti.frameResize', height }), '*')
  }
  const observer = new ResizeObserver(() => {
    timer ??= setTimeout(tell, told === 0 ? 0 : EVERY)
  })
  observer.observe(node)
  return () => {
    observer.disconnect()
    clearTimeout(timer)
  }
}
