// What makes pages better where scripts run; without them everything works.
const text = document.body.dataset

// After a form that was refused, the focus goes to what is wrong.
document.querySelector('.errors')?.focus()

// The visitor's own time beside the venue's, where it differs.
const here = new Intl.DateTimeFormat(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hour12: false })
for (const start of document.querySelectorAll('time:first-of-type[datetime]')) {
  const moment = new Date(start.dateTime)
  const offset = start.dateTime.match(/([+-])(\d\d):(\d\d)$/)
  const venue = offset ? (offset[1] === '-' ? 1 : -1) * (offset[2] * 60 + +offset[3]) : 0
  if (moment.getTimezoneOffset() === venue || !text.yours) continue
  const end = start.parentElement.querySelector('time ~ time')
  const times = end ? here.format(moment) + '–' + here.format(new Date(end.dateTime)) : here.format(moment)
  const note = document.createElement('small')
  note.className = 'yours'
  note.textContent = text.yours.replace('*', times)
  ;(end ?? start).after(' ', note)
}

// A form is sent once, though its button be pressed twice.
for (const form of document.forms) {
  form.addEventListener('submit', event => {
    if (form.dataset.sent) event.preventDefault()
    form.dataset.sent = 'yes'
    setTimeout(() => delete form.dataset.sent, 10000)
  })
}

// The badge opens without a network, once seen.
if (text.worker && 'serviceWorker' in navigator) {
  navigator.serviceWorker.register(text.worker, { scope: '/' }).then(async () => {
    const ready = await navigator.serviceWorker.ready
    const files = [document.querySelector('link[rel=stylesheet]').href, document.querySelector('script[src]').src]
    ready.active?.postMessage({ keep: location.pathname, files })
  }).catch(() => {})
  const tell = () => document.querySelector('.offline').toggleAttribute('hidden', navigator.onLine)
  addEventListener('online', tell)
  addEventListener('offline', tell)
  tell()
}

// While a session is followed, the page says that it is still open.
const live = document.querySelector('[data-heartbeat]')
if (live) {
  const form = document.querySelector('form[method=post]')
  setInterval(() => {
    const fields = new URLSearchParams({ seal: form.elements.seal.value, step: 'join' })
    fetch(form.action, { method: 'POST', body: fields, keepalive: true }).catch(() => {})
  }, live.dataset.heartbeat * 1000)
}
