import LanyardStore
import Testing

@testable import LanyardServer

@Suite("The mailbox of a lane")
struct LaneMailboxTests {
  private func answer(_ name: String) -> LaneMailbox.Answer {
    LaneMailbox.Answer(scanID: name, outcome: .success(.failed(.idReused)))
  }

  @Test("hands out answers in the order of the scans, whatever order they come in")
  func order() async throws {
    let mailbox = LaneMailbox()
    let numbers = [try await mailbox.open(), try await mailbox.open(), try await mailbox.open()]
    mailbox.put(answer("third"), for: numbers[2])
    mailbox.put(answer("first"), for: numbers[0])
    #expect(await mailbox.next()?.map(\.scanID) == ["first"])
    mailbox.put(answer("second"), for: numbers[1])
    mailbox.end()
    #expect(await mailbox.next()?.map(\.scanID) == ["second", "third"])
    #expect(await mailbox.next() == nil)
  }

  @Test("makes a lane wait that has as many scans under way as the window allows")
  func window() async throws {
    let mailbox = LaneMailbox()
    for _ in 0..<LaneMailbox.window { _ = try await mailbox.open() }
    async let waiting = mailbox.open()
    mailbox.put(answer("0"), for: 0)
    #expect(await mailbox.next()?.map(\.scanID) == ["0"])
    #expect(try await waiting == LaneMailbox.window)
  }

  @Test("lets nobody wait for a lane that has gone")
  func abandoned() async throws {
    let mailbox = LaneMailbox()
    for _ in 0..<LaneMailbox.window { _ = try await mailbox.open() }
    let waiting = Task { try await mailbox.open() }
    mailbox.abandon()
    await #expect(throws: LaneMailbox.Abandoned.self) { try await waiting.value }
    mailbox.put(answer("0"), for: 0)
  }
}
