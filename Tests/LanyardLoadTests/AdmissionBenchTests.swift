import Foundation
import LanyardServer
import Testing

@testable import LanyardLoad

@Suite("The bench of check-ins")
struct AdmissionBenchTests {
  @Test(
    "Gives bare SQLite the batches that the writer can have at the most",
    arguments: [(1, 32), (4, 128), (64, 256)]
  )
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

  @Test("Tells each figure beside what is wanted of it, and what is not kept")
  func wanted() {
    let report = AdmissionReport(
      bareBatch: 256,
      storeBatch: 131.5,
      barePerSecond: 38_809,
      storePerSecond: 30_297,
      streamsPerSecond: 27_909,
      unaryPerSecond: 4_382,
      emptyUnaryPerSecond: 5_945,
      storeRatio: 0.781,
      ratio: 0.921,
      unaryRatio: 0.75,
      p50: 3.45,
      p99: 10,
      p999: 18.58,
      isInMemory: false
    )
    func line(_ what: String, lanes: Int = 64) -> String? {
      AdmissionText(report, lanes: lanes).lines.first { $0.contains(what) }
    }
    #expect(line("store to bare")?.contains("0.781  at least 0.9   NOT KEPT") == true, "\(line("store to bare") ?? "")")
    #expect(
      line("streams to store")?.hasSuffix(" kept") == true && line("unary CheckIn to")?.hasSuffix(" kept") == true
    )
    #expect(line("a second, 50 %")?.contains("3.45 ms  at most 3 ms   NOT KEPT") == true)
    #expect(line("a second, 99 %")?.hasSuffix("at most 10 ms  kept") == true)
    #expect(line("a second, 99.9 %")?.hasSuffix(" kept") == true)
    #expect(
      line("its scans a transaction  ")?.hasSuffix(" 256") == true && line("on average")?.hasSuffix(" 132") == true
    )
    #expect(line("store to bare", lanes: 8)?.contains("wanted") == false && line("38,809/s") != nil)
    #expect(line("store to bare", lanes: 8)?.contains("KEPT") == false)
  }
}
