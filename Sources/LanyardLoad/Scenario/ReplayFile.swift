import Foundation
import LanyardDomain

/// A recorded day: a line for each scan, either JSON as `lanyard attendance scans --json` prints it, or a time alone.
enum ReplayFile {
  /// Why a file cannot be replayed, and what to do.
  struct Fault: Error {
    let reason: String
  }

  /// The largest file, in bytes.
  private static let sizeLimit = 512 << 20
  private static let lineLimit = 16_384

  /// What counts of a line of JSON.
  private struct Line: Decodable {
    let at: String
    let answer: String?
    let undone: Bool?

    /// Whether somebody came in or tried to, and it was not taken back.
    var isArrival: Bool { (answer.map { ["ADMITTED", "REFUSED"].contains($0) } ?? true) && undone != true }
  }

  /// How long after the first each scan was, in order; only those before `length`.
  static func moments(_ file: URL, within length: Duration) throws(Fault) -> [Duration] {
    let lines = try contents(file).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let decoder = JSONDecoder()
    var instants: [Instant] = []
    for (place, line) in lines.enumerated() {
      if let instant = try instant(line, number: place + 1, decoder) { instants.append(instant) }
    }
    guard let first = instants.min() else { return [] }
    let moments = instants.map { $0 - first }.filter { $0 < length }.sorted()
    guard moments.count <= Scenario.arrivalLimit else {
      throw Fault(reason: "it has more than \(Scenario.arrivalLimit) scans; take a part of it")
    }
    return moments
  }

  private static func contents(_ file: URL) throws(Fault) -> Data {
    do {
      let values = try file.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
      guard values.isRegularFile == true, let size = values.fileSize else {
        throw Fault(reason: "it is no file; write the name of one beside the scenario's")
      }
      guard size <= sizeLimit else { throw Fault(reason: "it is larger than 512 MiB; take a part of it") }
      return try Data(contentsOf: file)
    } catch let fault as Fault {
      throw fault
    } catch {
      throw Fault(reason: "it is not there or not readable; put it beside the scenario's file")
    }
  }

  /// When the scan of a line was; nil where the line is empty or its scan is no arrival.
  private static func instant(_ line: Data, number: Int, _ decoder: JSONDecoder) throws(Fault) -> Instant? {
    guard line.count <= lineLimit else { throw Fault(reason: "its line \(number) is longer than \(lineLimit) bytes") }
    let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    guard !text.isEmpty, text != "\r" else { return nil }
    var moment = text
    if text.hasPrefix("{") {
      guard let scan = try? decoder.decode(Line.self, from: line) else {  // what is wrong is said below
        throw Fault(reason: "its line \(number) is no scan; write lines as lanyard attendance scans --json prints them")
      }
      guard scan.isArrival else { return nil }
      moment = scan.at
    }
    guard let instant = OffsetTime(moment.trimmingCharacters(in: .whitespacesAndNewlines))?.instant else {
      let shown = YAMLValue.shown(moment)
      throw Fault(reason: "its line \(number) has the time \"\(shown)\"; write times as 2024-05-27T08:30:00+02:00")
    }
    return instant
  }
}
