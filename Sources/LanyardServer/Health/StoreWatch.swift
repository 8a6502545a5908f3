import Dispatch
package import LanyardStore
import Logging
import ServiceLifecycle

/// Looks every second whether scans can be recorded, says so to Health and in the log, and has it noted outside of the
/// store how far that is.
package struct StoreWatch: Service {
  /// Writes a standing down, `isOpen` while the server runs; may wait for the disk.
  package typealias Note = @Sendable (_ standing: StoreStanding, _ isOpen: Bool) throws -> Void

  private static let interval = Duration.seconds(1)
  /// Calls go on while the disk is waited for.
  private static let queue = DispatchQueue(label: "lanyard.store-note")

  let store: any StandingStore
  let readiness: Readiness
  let clock: ServerClock
  /// Nil where nobody keeps it.
  let note: Note?
  let logger: Logger

  /// Runs until everything that writes has stopped; the last note says that the store was closed.
  package func run() async throws {
    await untilShutdown()
    do {
      try await write(store.standing(), isOpen: false)
    } catch {
      logger.warning("it could not be noted how far the store is", metadata: ["cause": "\(error)"])
    }
  }

  private func untilShutdown() async {
    do {
      try await cancelWhenGracefulShutdown {
        var noted: StoreStanding?
        var isNoting = true
        while true {
          await lookWhetherReady()
          do {
            try await keep(&noted)
            isNoting = true
          } catch is CancellationError {
            throw CancellationError()
          } catch {
            if isNoting {
              logger.warning("it cannot be noted how far the store is", metadata: ["cause": "\(error)"])
            }
            isNoting = false
          }
          try await Task.sleep(for: Self.interval)
        }
      }
    } catch {
      // The shutdown, which ends the sleep.
    }
  }

  private func lookWhetherReady() async {
    do throws(StoreError) {
      try await store.checkRecording(at: clock.now)
      if !readiness.isReady { logger.notice("scans are recorded again") }
      readiness.set(true)
    } catch {
      if error == .cancelled { return }
      if readiness.isReady {
        logger.critical("scans cannot be recorded: \(Self.words(for: error))")
      }
      readiness.set(false)
    }
  }

  private func keep(_ noted: inout StoreStanding?) async throws {
    guard readiness.isReady else { return }
    let standing = try await store.standing()
    guard standing != noted else { return }
    try await write(standing, isOpen: true)
    noted = standing
  }

  private func write(_ standing: StoreStanding, isOpen: Bool) async throws {
    guard let note else { return }
    try await withCheckedThrowingContinuation { continuation in
      Self.queue.async { continuation.resume(with: Result { try note(standing, isOpen) }) }
    }
  }

  /// What is wrong and what to do.
  private static func words(for error: StoreError) -> String {
    switch error {
    case .outOfSpace: "the disk is full; make room, and it goes on by itself"
    case .vanished:
      "the database file or its log was deleted or replaced. Until this process ends, what was recorded is in its open "
        + "files: put back what was moved away, or, before anything else, copy them as the manual says (Running the "
        + "server, The database is gone)"
    case .busy: "another process keeps the data to itself"
    default: "\(error)"
    }
  }
}
