// Keeps the page of a registration, with its badge, for when there is no network.
const kept = 'badge-1'

addEventListener('install', () => skipWaiting())
addEventListener('activate', event => event.waitUntil(clients.claim()))

addEventListener('message', event => {
  const { keep, files } = event.data ?? {}
  if (!keep || !files?.every(file => new URL(file).origin === location.origin)) return
  event.waitUntil(caches.open(kept).then(cache => cache.addAll([keep, ...files])))
})

addEventListener('fetch', event => {
  const address = new URL(event.request.url)
  if (event.request.method !== 'GET' || address.origin !== location.origin) return
  const isPage = /^\/[a-z0-9-]+\/me$/.test(address.pathname)
  if (!isPage && !address.pathname.startsWith('/assets/')) return
  event.respondWith((async () => {
    const cache = await caches.open(kept)
    try {
      const answer = await fetch(event.request)
      if (isPage && answer.ok && !answer.redirected) await cache.put(address.pathname, answer.clone())
      if (isPage && answer.redirected) await cache.delete(address.pathname)
      return answer
    } catch (failure) {
      const answer = await cache.match(isPage ? address.pathname : event.request, { ignoreVary: true })
      if (answer) return answer
      throw failure
    }
  })())
})
