import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardScanner
import Synchronization

/// `lanyard scan`.
struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Scan badges at a checkpoint: read codes from standard input, one a line, and say go or stop.",
    discussion: """
      A keyboard-wedge scanner types the code and a line break, so standard input is where it arrives; type or pipe \
      codes to try. Each answer is shown after it is on the server's disk. End with Ctrl-D. Ends with 1 where a scan was \
      refused, with 3 where one could not be recorded.
      """
  )

  enum Way: String, ExpressibleByArgument, CaseIterable {
    case into = "in"
    case out
  }

  @OptionGroup var server: ServerOptions
  @Option(name: .long, help: "The checkpoint: its name on the screens, its id, or its resource name.")
  var checkpoint: String
  @Option(name: .long, help: "Slug of the event, where several have such a checkpoint.")
  var event: String?
  @Option(name: .long, help: "Which way people pass: in or out. (default: as the checkpoint has it)")
  var direction: Way?
  @Flag(name: .long, help: "Print a line of JSON for each line read.")
  var json = false

  func run() async throws {
    let screen = LaneScreen(json: json)
    try await server.withConnection { client in
      let checkpoint = try await Listing.checkpoint(client, named: checkpoint, of: event)
      let unanswered = Unanswered()
      let readings = AsyncStream<LaneSession.Reading> { continuation in
        LineReader.start { line in
          guard let line else { return continuation.finish() }
          let reading = LaneSession.Reading(code: line, direction: requested, readAt: Instant(Date()))
          unanswered.add(reading)
          continuation.yield(reading)
        }
      }
      do {
        try await LaneSession(client: client, checkpoint: checkpoint.name).run(readings) { event in
          switch event {
          case .opened(let lane): screen.open(lane)
          case .answered(let result): screen.show(result, code: unanswered.take(result.scanID))
          }
        }
      } catch let error as RPCError where unanswered.count > 0 {
        Console.error(
          "lanyard: the connection failed, and \(unanswered.count) scans have no answer; scan them again."
        )
        throw error
      }
    }
    if screen.status != .done { throw screen.status }
  }

  private var requested: Lanyard_V1_Direction {
    switch direction {
    case .into: .in
    case .out: .out
    case nil: .unspecified
    }
  }
}

/// Readings that were sent and have no answer yet.
private final class Unanswered: Sendable {
  private let codes = Mutex<[String: String]>([:])

  var count: Int { codes.withLock(\.count) }

  func add(_ reading: LaneSession.Reading) {
    codes.withLock { $0[reading.id.description] = reading.code }
  }

  /// The code of the reading that was answered.
  func take(_ id: String) -> String {
    codes.withLock { $0.removeValue(forKey: id) } ?? ""
  }
}

/// Lines of standard input, as they come, on a thread of their own since reading waits.
enum LineReader {
  /// The most bytes of a line; a scanner gone wild is cut there.
  private static let limit = 4096

  /// Hands over each line that is not empty, trimmed; nil at the end.
  static func start(_ handle: @escaping @Sendable (String?) -> Void) {
    Thread.detachNewThread {
      var line: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 4096)
      func finishLine() {
        let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        line.removeAll(keepingCapacity: true)
        if !text.isEmpty { handle(text) }
      }
      while true {
        let count = read(STDIN_FILENO, &chunk, chunk.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { break }
        for byte in chunk[..<count] {
          if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
            finishLine()
          } else if line.count < limit {
            line.append(byte)
          }
        }
      }
      finishLine()
      handle(nil)
    }
  }
}
