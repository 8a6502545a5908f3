import BadgeCodes
import LanyardDomain
import LanyardStore
import Logging
import ServiceLifecycle

/// Follows what happens to the signing keys: another process on the same data may have made or retired one.
struct KeyWatch: Service {
  /// From one try to the next where the store fails.
  private static let pause = Duration.seconds(1)

  let signer: BadgeSigner
  let store: any FeedStore
  let watch: FeedWatch
  let logger: Logger

  /// Reads the keys anew after each change of the installation, until a graceful shutdown.
  func run() async {
    await cancelWhenGracefulShutdown {
      var sequence: Int64 = 0
      while !Task.isCancelled {
        do {
          sequence = try await store.feedHead(of: nil).sequence
          try await signer.reload()
          try await watch.change(of: nil, past: sequence)
        } catch is CancellationError {
          return
        } catch {
          logger.warning("the signing keys could not be read anew", metadata: ["cause": "\(error)"])
          // Sleeping fails where it is cancelled, and only there.
          try? await Task.sleep(for: Self.pause)
        }
      }
    }
  }
}
