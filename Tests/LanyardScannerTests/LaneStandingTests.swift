import Foundation
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardScanner

@Suite("How a lane stands")
struct LaneStandingTests {
  @Test("is read without telling anybody that something has happened: who follows it would never rest")
  func reading() async throws {
    try await withTemporaryFolder { folder in
      let journal = try LaneJournal(path: folder.appending(path: "lane.sqlite").path)
      let lane = try Lane(Lane.Setup(checkpoint: .named(LaneTests.checkpoint)), journal: journal)
      let changes = await lane.changes()
      for await _ in changes { break }
      _ = await lane.standing
      // Who is cancelled still gets what was told before.
      let told = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return await changes.first { true } != nil
      }
      #expect(await told.value == false)
    }
  }
}
