// Runs in the ladder's pages: puts the binding into, or asks it from, the platform's storage.
const task = JSON.parse(document.getElementById('task').textContent)
const patienceMs = 2000
const againMs = 400
/** A course that takes longer than this to answer is told of in words. */
const slowMs = 15_000

const show = (id) => {
  const node = document.getElementById(id)
  if (!node) return
  node.hidden = false
  node.querySelector('a')?.focus()
}

const platform = window.opener ?? window.parent

/** The platform's storage frame, where there is one of that name beside us. */
function storageFrame() {
  try {
    return task.storageTarget === '_parent' ? null : (platform.frames[task.storageTarget] ?? null)
  } catch {
    return null
  }
}

/**
 * Who holds us, if it is one of the registration's origins (exact, or a pattern such as https://*.instructure.com); where the browser does not tell
 * who, the exact ones. Never any origin: whoever holds the binding could sign this browser in as somebody else.
 */
function platformOrigins() {
  const framer = location.ancestorOrigins?.[0] ?? (document.referrer ? new URL(document.referrer).origin : '')
  const known = [task.platformOrigin, ...task.origins]
  if (!framer) return [...new Set(known.filter((origin) => !origin.includes('*')))]
  const fits = (origin) =>
    origin === framer || (origin.includes('*') && framer.startsWith('https://') && framer.endsWith(origin.slice('https://*'.length)))
  return known.some(fits) ? [framer] : []
}

/**
 * Asks the named frame at the origin of the authorisation endpoint, and the window that holds us (in editors the frame may be absent), again and
 * again until one answers as `right` wants it; undefined when none does in time.
 */
function ask(subject, more, right) {
  return new Promise((answer) => {
    const id = crypto.randomUUID()
    const origins = platformOrigins()
    const hear = ({ origin, data }) => {
      if (!origins.includes(origin) && origin !== task.platformOrigin) return
      if (data?.subject === `${subject}.response` && data.message_id === id && !data.error && right(data)) end(data)
    }
    const end = (data) => {
      clearTimeout(timer)
      clearInterval(sending)
      removeEventListener('message', hear)
      answer(data)
    }
    const send = () => {
      const message = { subject, message_id: id, ...more }
      storageFrame()?.postMessage(message, task.platformOrigin)
      if (platform !== window) for (const origin of origins) platform.postMessage(message, origin)
    }
    const timer = setTimeout(end, patienceMs)
    const sending = setInterval(send, againMs)
    addEventListener('message', hear)
    send()
  })
}

setTimeout(() => show('slow'), slowMs)
if (task.do === 'put') {
  const stored = await ask('lti.put_data', { key: task.key, value: task.value }, () => true)
  location.replace(stored ? task.next : task.unanswered)
} else {
  const found = await ask('lti.get_data', { key: task.key }, (data) => typeof data.value === 'string' && data.value !== '')
  if (found) {
    document.getElementById('binding').value = found.value
    document.getElementById('again').submit()
  } else {
    document.getElementById('words').hidden = true
    show('window')
  }
}
