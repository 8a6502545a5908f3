import LanyardClient
import LanyardDomain
import LanyardScanner
import Testing

@Suite("What does not heed its cancellation")
struct LeavingBehindTests {
  private struct Failed: Error {}

  @Test("Is left behind, so that whoever waits goes on", .timeLimit(.minutes(1)))
  func hangs() async {
    let (begins, begin) = AsyncStream.makeStream(of: Void.self)
    let waiting = Task {
      try await leavingBehind(after: .milliseconds(50)) { _ in
        begin.yield(())
        // Nobody will ever wake it.
        await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
      }
    }
    for await _ in begins { break }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
  }

  @Test("Is left behind too where it has said what comes of it, and nobody cancels it", .timeLimit(.minutes(1)))
  func cleansUp() async {
    await #expect(throws: Failed.self) {
      try await leavingBehind(after: .milliseconds(50)) { isOver in
        isOver(.failure(Failed()))
        await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
      }
    }
  }

  @Test("Is waited for where it ends soon, and says why it ended")
  func endsSoon() async {
    let waiting = Task {
      try await leavingBehind(after: .seconds(600)) { _ in
        await Task.pause(.seconds(600))
        throw Failed()
      }
    }
    waiting.cancel()
    await #expect(throws: Failed.self) { try await waiting.value }
  }

  @Test("Is left to itself until somebody cancels it")
  func goesOn() async throws {
    let value = try await leavingBehind(after: .zero) { _ in
      await Task.pause(.milliseconds(50))
      return 7
    }
    #expect(value == 7)
  }
}
