// Runs in the ladder's pages: puts the binding into, or asks it from, the platform's storage frame.
const task = JSON.parse(document.getElementById('task').textContent)
const patienceMs = 1500

/** The named frame of the platform; in editors it may be absent: then the platform's own window. */
function storageFrame() {
  const platform = window.opener ?? window.parent
  if (task.storageTarget === '_parent') return platform
  try {
    return platform.frames[task.storageTarget] ?? platform
  } catch {
    return platform
  }
}

/** Asks the platform, and only its origin; undefined when it does not answer in time. */
function ask(subject, more) {
  return new Promise((answer) => {
    const id = crypto.randomUUID()
    const hear = ({ origin, data }) => {
      if (origin === task.platformOrigin && data?.subject === `${subject}.response` && data.message_id === id) end(data)
    }
    const end = (data) => {
      clearTimeout(timer)
      removeEventListener('message', hear)
      answer(data)
    }
    const timer = setTimeout(end, patienceMs)
    addEventListener('message', hear)
    storageFrame().postMessage({ subject, message_id: id, ...more }, task.platformOrigin)
  })
}

if (task.do === 'put') {
  await ask('lti.put_data', { key: task.key, value: task.value })
  location.replace(task.next)
} else {
  const found = await ask('lti.get_data', { key: task.key })
  if (typeof found?.value === 'string' && found.value) {
    document.getElementById('binding').value = found.value
    document.getElementById('again').submit()
  } else {
    document.getElementById('words').hidden = true
    document.getElementById('window').hidden = false
    document.querySelector('#window a').focus()
  }
}
