import LanyardDomain
import LanyardMail
import LanyardStore
import Logging
import ServiceLifecycle

/// Tells participants what becomes of their registrations: makes mails of what the feeds say, and sends them where there is a mail
/// server and it is no rehearsal.
struct Outbox: Sendable {
  let sending: MailSending
  let composer: MailComposer
  private let follower: MailFollower
  let sender: MailSender?

  init(
    store: any Store,
    settings: ServerSettings,
    links: any MailLinks,
    clock: ServerClock,
    logger: Logger
  ) async throws {
    let server = clock.isRehearsal ? nil : settings.mailServer
    sending = MailSending(clock.isRehearsal ? .rehearsal : server == nil ? .noServer : .on)
    composer = MailComposer(store: store, sender: settings.mailServer?.sender, clock: clock, logger: logger)
    follower = MailFollower(store: store, sending: sending, clock: clock, logger: logger)
    guard let server else {
      sender = nil
      return
    }
    // A server that ended while it was sending did not say what became of it.
    for (event, _) in try await store.mailsDue() { try await store.forgetMailClaims(.server(at: clock.now), of: event) }
    sender = MailSender(
      store: store,
      composer: composer,
      links: links,
      server: server,
      perMinute: settings.mailsPerMinute,
      sending: sending,
      clock: clock,
      logger: logger
    )
  }

  /// In the order of dependence.
  var services: [any Service] { [follower] + (sender.map { [$0] } ?? []) }
}
