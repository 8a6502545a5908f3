import LanyardDomain
import LanyardMail
import LanyardStore
import Logging
import ServiceLifecycle

/// Sends what waits, one mail after the other.
actor MailSender: Service {
  /// How often it is looked whether the next is due.
  private static let tick = Duration.milliseconds(500)
  /// The longest time between two looks at what waits.
  private static let longest = Duration.seconds(15)
  /// For how long a mail is nobody else's while it is sent.
  private static let claim = Duration.seconds(300)
  /// From one try to the next where the store fails.
  private static let storePause = Duration.seconds(5)

  private let store: any MailStore & StandingStore
  private let composer: MailComposer
  private let links: any MailLinks
  private let line: SMTPLine
  private let sending: MailSending
  private let clock: ServerClock
  private let logger: Logger
  private var pace: MailPace
  /// How often in a row no mail could be sent.
  private var failures = 0
  /// When it is looked next at what waits.
  private var next = ContinuousClock.now
  /// Until when nothing is sent, whatever waits.
  private var pausedUntil = ContinuousClock.now

  init(
    store: any MailStore & StandingStore,
    composer: MailComposer,
    links: any MailLinks,
    server: MailServer,
    perMinute: Int,
    sending: MailSending,
    clock: ServerClock,
    logger: Logger
  ) {
    (self.store, self.composer, self.links) = (store, composer, links)
    line = SMTPLine(server)
    pace = MailPace(limit: perMinute)
    (self.sending, self.clock, self.logger) = (sending, clock, logger)
  }

  func run() async {
    await cancelWhenGracefulShutdown {
      await withTaskCancellationHandler {
        await withDiscardingTaskGroup { group in
          // Sleeping fails where it is cancelled, and nothing is sent then.
          group.addTask { while (try? await Task.sleep(for: Self.tick)) != nil { self.sending.tick() } }
          for await _ in self.sending.rings { await self.turnIfDue() }
          group.cancelAll()
        }
      } onCancel: {
        self.line.stop()
      }
    }
  }

  /// Sends what is due, unless all is to wait for now.
  ///
  /// What was made meanwhile does not wait for what was to be tried later, but for what keeps all from being sent.
  func turnIfDue() async {
    guard ContinuousClock.now >= pausedUntil else { return }
    let isRung = sending.takeRing()
    guard isRung || ContinuousClock.now >= next else { return }
    do {
      try await turn()
      // Here, as whoever hangs up waits for a word of the server.
      if !Task.isCancelled { await line.close() }
      let due = try await store.mailsDue().map(\.due).min()
      next = .now + min(Self.longest, due.map { max(.zero, $0 - clock.now) } ?? Self.longest)
    } catch {
      pausedUntil = .now + Self.storePause
      next = pausedUntil
      if !Task.isCancelled {
        logger.warning("what mails wait could not be read or written", metadata: ["cause": "\(error)"])
      }
    }
  }

  /// Sends what is due, as far as the limit a minute goes.
  private func turn() async throws {
    for (event, due) in try await store.mailsDue() where due <= clock.now {
      while !Task.isCancelled {
        let wait = pace.wait(at: .now)
        if wait > .zero {
          pausedUntil = .now + wait
          return
        }
        let now = clock.now
        let claimed = try await store.claimMails(.server(at: now), of: event, limit: 1, until: now + Self.claim)
        guard let mail = claimed.first else { break }
        let outcome = try await send(mail)
        try await settle(mail, outcome)
        if case .unreachable = outcome { return }
      }
    }
  }

  private func send(_ mail: Mail) async throws -> MailOutcome {
    let matter = try await store.mailMatter(mail.number, of: mail.event)
    guard matter.isNeeded else { return .dropped }
    let message: MailMessage
    let bytes: [UInt8]
    do {
      message = try await composer.message(matter, links: links)
      // Without its link it says nothing.
      if mail.kind.isAskedFor, !message.letter.hasAction { return .again(MailFault(.notComposed)) }
      bytes = try message.bytes()
    } catch let error as StoreError {
      throw error
    } catch {
      logger.error("a mail could not be composed", metadata: ["mail": "\(mail.name)", "cause": "\(error)"])
      return .again(MailFault(.notComposed))
    }
    pace.count(at: .now)
    return await line.send(bytes, to: message.to.address)
  }

  private func settle(_ mail: Mail, _ outcome: MailOutcome) async throws {
    var delay = MailRetry.delay(after: mail.attempts + 1, chance: .random(in: 0...1))
    if case .unreachable(let fault) = outcome {
      failures += 1
      delay = MailRetry.pause(after: failures, chance: .random(in: 0...1))
      pausedUntil = .now + delay
      if failures == 1 { self.log("no mail can be sent for now", mail, fault) }
      sending.state = .failing(fault)
    } else if outcome != .dropped {
      if failures > 0 { logger.notice("mails are sent again") }
      failures = 0
      sending.state = .on
    }
    switch outcome {
    case .again(let fault): self.log("a mail is tried again later", mail, fault)
    case .bounced(let fault): self.log("a mail was refused", mail, fault)
    case .sent, .dropped, .unreachable: break
    }
    try await store.settleMail(.server(at: clock.now), mail, outcome, delay: delay)
  }

  private func log(_ words: Logger.Message, _ mail: Mail, _ fault: MailFault) {
    logger.warning(
      words,
      metadata: [
        "mail": "\(mail.name)", "fault": "\(fault.cause.rawValue)", "code": "\(fault.code ?? 0)",
        "status": "\(fault.status)",
      ]
    )
  }
}

extension MailMatter {
  /// Whether it still says something.
  var isNeeded: Bool {
    registration.erasedAt == nil && mail.kind.fits(registration.state) && (mail.kind != .badgeReady || badge != nil)
  }
}
