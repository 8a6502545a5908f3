import LanyardScanner
import Synchronization
import Testing

@testable import lanyard

@Suite("The bell of a lane")
struct BellTests {
  @Test("rings once for in, twice for out, three times for stop, and never for nothing")
  func strokes() {
    #expect(Bell.pattern(for: .go).count == 1)
    #expect(Bell.pattern(for: .out).count == 2)
    #expect(Bell.pattern(for: .stop).count == 3)
    #expect(Bell.pattern(for: .neutral).isEmpty)
  }

  @Test("sounds different for every tone, and not at all where there is no answer")
  func different() {
    let heard = LaneView.Tone.allCases.filter { ![.waiting, .neutral].contains($0) }
    #expect(Set(heard.map(Bell.pattern)).count == heard.count && !heard.map(Bell.pattern).contains([]))
    #expect(Bell.pattern(for: .waiting).isEmpty)
  }

  @Test("begins at once and is over within a second, before the next person stands there")
  func short() {
    for pattern in LaneView.Tone.allCases.map(Bell.pattern) where !pattern.isEmpty {
      #expect(pattern[0] == .zero)
      #expect(pattern.reduce(.zero, +) < .seconds(1))
    }
  }

  @Test("rings on the terminal, with the pauses of its pattern")
  func rings() async throws {
    let device = try PseudoTerminal()
    let clock = RecordingClock()
    try await Bell.ring(Bell.pattern(for: .out), on: device.programme, clock: clock)
    #expect(device.seen() == "\u{7}\u{7}")
    #expect(clock.pauses == [.milliseconds(250)])
  }

  @Test("is silent after its task was cancelled")
  func cancelled() async throws {
    let device = try PseudoTerminal()
    let descriptor = device.programme
    let ringing = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await Bell.ring([.seconds(3600), .zero], on: descriptor)
    }
    await #expect(throws: CancellationError.self) { try await ringing.value }
    #expect(device.seen().isEmpty)
  }
}

/// A clock whose pauses are over at once and can be read afterwards.
private final class RecordingClock: Clock {
  let now = ContinuousClock.now
  private let recorded = Mutex<[Duration]>([])

  var pauses: [Duration] { recorded.withLock { $0 } }
  var minimumResolution: Duration { .zero }

  func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
    recorded.withLock { $0.append(now.duration(to: deadline)) }
  }
}
