import LanyardScanner
import Synchronization
import Testing

@testable import LanyardLoad

@Suite("What can be interrupted", .timeLimit(.minutes(1)))
struct InterruptibleTests {
  @Test("Comes to its end where nobody interrupts it")
  func whole() async {
    let (value, wasInterrupted) = await interruptible(Interruption()) { 7 }
    #expect(value == 7 && !wasInterrupted)
  }

  @Test("Is cancelled by an interruption, which ends nothing else, and by what makes going on of no use")
  func ended() async throws {
    let interruption = Interruption()
    #expect(!interruption.isWanted)
    interruption.begin()
    #expect(interruption.isWanted)
    let first = await interruptible(interruption) { await Self.untilCancelled() }
    #expect(first.value && first.wasInterrupted && !interruption.isWanted)
    let next = await interruptible(interruption) { 7 }
    #expect(next.value == 7 && !next.wasInterrupted)
    let useless = await interruptible(interruption, until: {}) { await Self.untilCancelled() }
    #expect(useless.value && useless.wasInterrupted)
  }

  @Test("Has its value within a limit, or none, and then what it has broken is mended first")
  func limited() async {
    #expect(await ending(within: .seconds(60), late: {}) { 7 } == 7)
    let isMended = Mutex(false)
    let value = await ending(within: .milliseconds(10)) {
      isMended.withLock { $0 = true }
    } _: {
      await Self.untilCancelled()
    }
    #expect(value == nil && isMended.withLock { $0 })
  }

  /// True, once it is cancelled.
  private static func untilCancelled() async -> Bool {
    // What it throws is that.
    try? await Task.untilCancelled()
    return Task.isCancelled
  }
}
