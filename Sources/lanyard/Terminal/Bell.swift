import LanyardScanner

/// What a lane sounds like, for operators who look at the badge and not at the screen.
enum Bell {
  /// The pauses, each followed by one stroke of the bell.
  static func pattern(for tone: LaneView.Tone) -> [Duration] {
    switch tone {
    case .go: [.zero]
    case .out: [.zero, .milliseconds(250)]
    case .stop: [.zero, .milliseconds(110), .milliseconds(110)]
    case .lookAgain: [.zero, .milliseconds(500)]
    case .callSupervisor: [.zero, .milliseconds(110), .milliseconds(110), .milliseconds(450), .milliseconds(110)]
    case .waiting, .neutral: []
    }
  }

  /// Rings a pattern on a terminal; ends early where the task is cancelled.
  static func ring(
    _ pattern: [Duration],
    on descriptor: Int32,
    clock: some Clock<Duration> = ContinuousClock()
  ) async throws(CancellationError) {
    for pause in pattern {
      if pause > .zero {
        do { try await clock.sleep(for: pause) } catch { throw CancellationError() }
      }
      DescriptorOutput.write("\u{07}", to: descriptor)
    }
  }
}
