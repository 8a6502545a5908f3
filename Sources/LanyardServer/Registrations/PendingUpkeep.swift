import LanyardDomain
import LanyardStore
import Logging
import ServiceLifecycle

/// Ends registrations whose address nobody confirmed in time, and erases who they are of; and says of those who follow a session
/// over the network and are silent that they left.
struct PendingUpkeep: Service {
  private static let interval = Duration.seconds(60)

  let store: any PublicStore & RemoteStore & ProgrammeStore
  let clock: ServerClock
  let logger: Logger

  func run() async {
    await cancelWhenGracefulShutdown {
      // Sleeping fails where it is cancelled, and nothing is to end then.
      repeat { await turn() } while (try? await Task.sleep(for: Self.interval)) != nil
    }
  }

  /// Ends those whose time is over.
  func turn() async {
    do {
      for event in try await store.everyEvent().map(\.slug) {
        while true {
          let count = try await store.endPending(.server(at: clock.now), of: event)
          if count > 0 {
            logger.info("registrations ended unconfirmed", metadata: ["event": "\(event)", "count": "\(count)"])
          }
          if count < EmailVerification.part { break }
        }
        while try await store.endSilent(.server(at: clock.now), of: event) == RemotePresence.part {}
      }
    } catch is CancellationError {
      return
    } catch {
      if Task.isCancelled { return }
      logger.warning(
        "what ends by itself could not be ended; it is tried again",
        metadata: ["cause": "\(error)"]
      )
    }
  }
}
