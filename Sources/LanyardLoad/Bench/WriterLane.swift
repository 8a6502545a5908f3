import Foundation
import LanyardDomain
import LanyardMessages
import LanyardServer
import LanyardStore

/// One lane that hands scans to the admission writer with no network between.
struct WriterLane {
  let writer: AdmissionWriter
  let workload: OutAndInScans
  let checkpoint: CheckpointAddress

  /// Keeps `window` scans under way until the deadline; returns how many were answered.
  func run(window: Int, until deadline: ContinuousClock.Instant) async throws -> Int {
    let (answers, answered) = AsyncStream.makeStream(of: Bool.self)
    var workload = workload
    for _ in 0..<window { try submit(&workload, answered) }
    var (count, underWay) = (0, window)
    for await isRecorded in answers {
      guard isRecorded else { throw LoadFailure("the writer did not record a scan") }
      count += 1
      if ContinuousClock.now < deadline {
        try submit(&workload, answered)
      } else {
        underWay -= 1
        if underWay == 0 { break }
      }
    }
    return count
  }

  private func submit(_ workload: inout OutAndInScans, _ answered: AsyncStream<Bool>.Continuation) throws {
    let scan = try SubmittedScan(
      workload.next(),
      at: checkpoint,
      reporter: Reporter(.token, id: "bench"),
      received: Instant(Date()),
      under: "scan."
    )
    try writer.submit(scan) { result in
      if case .success(.recorded) = result { answered.yield(true) } else { answered.yield(false) }
    }
  }
}
