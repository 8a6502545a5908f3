import LanyardDomain
import LanyardStore
import Logging
import ServiceLifecycle

/// Erases who registered and what they answered once that was kept as long as their event says.
struct RetentionUpkeep: Service {
  private static let interval = Duration.seconds(3600)
  /// How many registrations are looked for at once.
  private static let part = 100

  let store: any RetentionStore & RegistrationStore & ProgrammeStore
  let clock: ServerClock
  let logger: Logger

  func run() async {
    await cancelWhenGracefulShutdown {
      // Sleeping fails where it is cancelled, and nothing is to be erased then.
      repeat { await turn() } while (try? await Task.sleep(for: Self.interval)) != nil
    }
  }

  /// Erases what is due.
  func turn() async {
    do {
      for event in try await store.everyEvent() {
        if event.erasesPeople(at: clock.now) { try await erasePeople(of: event.slug) }
        for question in event.questionsToForget(at: clock.now) { try await forget(question.id, of: event.slug) }
      }
    } catch {
      if error is CancellationError || Task.isCancelled { return }
      logger.warning(
        "what was kept as long as its event says could not be erased; it is tried again",
        metadata: ["cause": "\(error)"]
      )
    }
  }

  private func erasePeople(of event: String) async throws {
    var count = 0
    while true {
      let ids = try await store.knownRegistrations(of: event, limit: Self.part)
      for id in ids {
        try Task.checkCancellation()
        do {
          _ = try await store.erase(.server(at: clock.now), id, of: event, etag: nil)
        } catch StoreError.erasureUnfinished {
          // They are erased; the store clears what is left as soon as nobody reads it.
        }
      }
      count += ids.count
      if ids.count < Self.part { break }
    }
    if count > 0 { logger.notice("people erased", metadata: ["event": "\(event)", "count": "\(count)"]) }
  }

  private func forget(_ question: String, of event: String) async throws {
    do {
      let count = try await store.forgetAnswers(.server(at: clock.now), to: question, of: event)
      if count == 0 { return }
      let facts: Logger.Metadata = ["event": "\(event)", "question": "\(question)", "count": "\(count)"]
      logger.notice("answers erased", metadata: facts)
    } catch StoreError.erasureUnfinished {
      // As above.
    }
  }
}
