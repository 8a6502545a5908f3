import GRPCCore
package import LanyardAPI
package import LanyardClient
import SwiftProtobuf
import Synchronization

/// One lane whose scans go over a stream, measured.
package struct StreamLane: Sendable {
  private let client: ServerClient
  /// Resource name of the checkpoint.
  private let checkpoint: String

  package init(client: ServerClient, checkpoint: String) {
    self.client = client
    self.checkpoint = checkpoint
  }

  /// Thrown where an answer is not what the workload must get.
  package struct WrongAnswer: Error {
    package let result: Lanyard_V1_StreamCheckInsResponse.Result
  }

  /// Keeps `window` scans under way; returns how many were answered.
  ///
  /// - Parameter goOn: Told how many were answered, each time that some were; false sends no more.
  package func closedLoop(
    _ workload: OutAndInScans,
    window: Int,
    onAnswers goOn: @escaping @Sendable (Int) -> Bool
  ) async throws -> Int {
    let (answers, answered) = AsyncStream.makeStream(of: Int.self)
    answered.yield(window)
    return try await call { writer in
      var workload = workload
      for await count in answers {
        try await writer.write(.with { $0.scans = (0..<count).map { _ in workload.next() } })
      }
    } onResults: { results, _ in
      if goOn(results.count) { answered.yield(results.count) } else { answered.finish() }
    }
  }

  /// Sends a scan at each due time, whether answers come or not; returns the time from due to answered of each.
  ///
  /// - Parameters:
  ///   - start: When the first scan is due.
  ///   - interval: From one scan to the next.
  ///   - count: How many scans.
  package func openLoop(
    _ workload: OutAndInScans,
    from start: ContinuousClock.Instant,
    every interval: Duration,
    count: Int
  ) async throws -> [Duration] {
    let times = Mutex<[Duration]>([])
    _ = try await call { writer in
      var workload = workload
      for number in 0..<count {
        try await ContinuousClock().sleep(until: start + interval * number, tolerance: .zero)
        try await writer.write(.with { $0.scans = [workload.next()] })
      }
    } onResults: { results, total in
      let now = ContinuousClock.now
      times.withLock { times in
        for index in results.indices { times.append((start + interval * (total + index)).duration(to: now)) }
      }
    }
    return times.withLock { $0 }
  }

  private typealias Result = Lanyard_V1_StreamCheckInsResponse.Result

  /// Opens the stream, sends what `produce` sends, and hands over answers with the number of those before them.
  private func call(
    _ produce: @escaping @Sendable (RPCWriter<Lanyard_V1_StreamCheckInsRequest>) async throws -> Void,
    onResults handle: @escaping @Sendable ([Result], Int) -> Void
  ) async throws -> Int {
    let service = Lanyard_V1_CheckInService.Client(wrapping: client)
    return try await service.streamCheckIns { writer in
      try await writer.write(.with { $0.checkpoint = checkpoint })
      try await produce(writer)
    } onResponse: { response in
      var total = 0
      for try await message in response.messages where !message.results.isEmpty {
        if let wrong = message.results.first(where: { ![.admitted, .left].contains($0.checkIn.answer) }) {
          throw WrongAnswer(result: wrong)
        }
        handle(message.results, total)
        total += message.results.count
      }
      return total
    }
  }
}
