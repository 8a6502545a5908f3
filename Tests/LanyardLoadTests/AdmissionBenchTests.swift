import Foundation
import LanyardServer
import Testing

@testable import LanyardLoad

@Suite("The bench of check-ins")
struct AdmissionBenchTests {
  @Test("Gives bare SQLite the batches that the writer can have at the most", arguments: [(1, 32), (4, 128), (64, 256)])
  func batch(lanes: Int, batch: Int) {
    let bench = AdmissionBench(lanes: lanes, window: 32, time: .seconds(1), in: FileManager.default.temporaryDirectory)
    #expect(bench.batch == batch && batch <= AdmissionWriter.batchLimit)
  }

  @Test("Has no percentiles of an open loop in which an answer never came")
  func missing() throws {
    try AdmissionBench.check(1_000, of: 1_000)
    let failure = #expect(throws: LoadFailure.self) { try AdmissionBench.check(998, of: 1_000) }
    #expect(failure?.description.contains("2 of 1000 scans") == true)
  }
}
