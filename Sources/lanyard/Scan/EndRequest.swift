import Foundation
import LanyardScanner
import UnixSignals

/// What asks a lane to end from outside: SIGTERM, as of the system that started it, SIGINT, or SIGHUP where its terminal is gone.
struct EndRequest: Sendable {
  /// The signals after which the lane itself does not end, so that a terminal has to be given back.
  static let others = [SIGQUIT]
  /// How long what was read before has for its answers.
  private static let patience = Duration.seconds(3)

  private let signals: UnixSignalsSequence

  /// Takes the signals from now on.
  init() async { signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup) }

  /// Waits until the lane is asked to end, and then until all that was read is answered; returns at once where whoever waits is
  /// cancelled.
  func wait(for lane: Lane) async {
    for await _ in signals { break }
    let end = ContinuousClock.now + Self.patience
    while !Task.isCancelled, !(await lane.isIdle), ContinuousClock.now < end { await Task.pause(.milliseconds(20)) }
  }
}
