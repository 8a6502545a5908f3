import LanyardDomain
import LanyardStore
import Logging
import ServiceLifecycle

/// Follows the feeds of all events, and makes the mails that they ask for.
struct MailFollower: Service {
  /// From one look at what other processes wrote, and at the clock, to the next.
  private static let interval = Duration.seconds(2)
  /// After a look, the next commits are gathered for so long.
  private static let pause = Duration.milliseconds(200)
  /// Changes that are looked at in one transaction.
  private static let part = 500

  let store: any MailStore & FeedStore & ProgrammeStore
  let sending: MailSending
  let clock: ServerClock
  let logger: Logger

  func run() async {
    let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        group.addTask { for await _ in self.store.feedSignal.rings() { wake.yield() } }
        // Sleeping fails where it is cancelled, and nothing is to wake then.
        group.addTask { while (try? await Task.sleep(for: Self.interval)) != nil { wake.yield() } }
        var look = Look()
        wake.yield()
        for await _ in wakes {
          await self.look(&look)
          // Sleeping fails where it is cancelled, and then the wakes end too.
          try? await Task.sleep(for: Self.pause)
        }
        group.cancelAll()
      }
    }
  }

  /// How far the feeds were looked at, and of what was reminded.
  private struct Look {
    var sequences: [String: Int64] = [:]
    var reminders: [String: Instant] = [:]
    /// All events, as they were when all feeds were last looked at, and when that was.
    var events: [Event] = []
    var lookedAt: ContinuousClock.Instant?
  }

  /// Looks at the feeds to which this process has written since; at all of them, and at the clock, once an interval is over.
  private func look(_ look: inout Look) async {
    let now = ContinuousClock.now
    do {
      if let last = look.lookedAt, last.duration(to: now) < Self.interval {
        for event in look.events {
          guard let head = store.feedSignal.head(of: event.slug), look.sequences[event.slug] != head else { continue }
          try await follow(event, &look)
        }
        return
      }
      var events: [Event] = []
      try await eachPage {
        try await store.events($0)
      } _: {
        events += $0.map(\.event)
      }
      for event in events {
        try await remind(of: event, &look)
        let head = try await store.feedHead(of: event.slug).sequence
        if look.sequences[event.slug] != head { try await follow(event, &look) }
      }
      (look.events, look.lookedAt) = (events, now)
    } catch is CancellationError {
      return
    } catch {
      if Task.isCancelled { return }
      logger.warning("the feed could not be followed for mails; it is tried again", metadata: ["cause": "\(error)"])
    }
  }

  private func remind(of event: Event, _ look: inout Look) async throws {
    guard let moment = event.mail.remindsAt, moment <= clock.now, look.reminders[event.slug] != moment else { return }
    _ = try await store.remindOfEvent(.server(at: clock.now), event.slug)
    look.reminders[event.slug] = moment
  }

  private func follow(_ event: Event, _ look: inout Look) async throws {
    var made = 0
    while true {
      let found: MailsMade
      if let quiet = try await store.quietMailFeed(of: event.slug, after: look.sequences[event.slug], limit: Self.part)
      {
        found = quiet
      } else {
        found = try await store.followForMails(.server(at: clock.now), of: event.slug, limit: Self.part)
        made += found.count
      }
      look.sequences[event.slug] = found.sequence
      if found.isLast { break }
    }
    if made > 0 {
      logger.info("mails made", metadata: ["event": "\(event.slug)", "mails": "\(made)"])
      sending.ring()
    }
  }
}
