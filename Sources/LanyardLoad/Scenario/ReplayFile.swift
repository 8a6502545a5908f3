import Foundation
import LanyardDomain
import LanyardTexts

/// A recorded day: a line for each scan, either JSON as `lanyard attendance scans --json` prints it, or a time alone.
enum ReplayFile {
  /// Why a file cannot be replayed, and what to do.
  struct Fault: SpokenError {
    let sentence: Sentence

    init(_ key: Sentence.Key, _ facts: [String: Sentence.Fact] = [:]) { sentence = Sentence(key, facts) }
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
    let decoder = JSONDecoder()
    var (instants, number) = ([Instant](), 0)
    var rest = try contents(file)[...]
    while !rest.isEmpty {
      number += 1
      let line = rest.prefix { $0 != UInt8(ascii: "\n") }
      rest = rest[line.endIndex...].dropFirst()
      guard let instant = try instant(line, number: number, decoder) else { continue }
      guard instants.count < Scenario.arrivalLimit else {
        throw Fault(.replayTooManyScans, ["limit": .count(Scenario.arrivalLimit)])
      }
      instants.append(instant)
    }
    guard let first = instants.min() else { return [] }
    return instants.map { $0 - first }.filter { $0 < length }.sorted()
  }

  private static func contents(_ file: URL) throws(Fault) -> [UInt8] {
    do {
      let values = try file.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
      guard values.isRegularFile == true, let size = values.fileSize else {
        throw Fault(.replayNoFile)
      }
      guard size <= sizeLimit else { throw Fault(.replayTooLarge, ["mebibytes": .count(sizeLimit >> 20)]) }
      return [UInt8](try Data(contentsOf: file, options: .mappedIfSafe))
    } catch let fault as Fault {
      throw fault
    } catch {
      throw Fault(.replayMissing)
    }
  }

  /// When the scan of a line was; nil where the line is empty or its scan is no arrival.
  private static func instant(_ line: ArraySlice<UInt8>, number: Int, _ decoder: JSONDecoder) throws(Fault) -> Instant?
  {
    guard line.count <= lineLimit else {
      throw Fault(.replayLineTooLong, ["line": .count(number), "limit": .count(lineLimit)])
    }
    let isBlank: (UInt8) -> Bool = { [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")].contains($0) }
    guard let start = line.firstIndex(where: { !isBlank($0) }), let end = line.lastIndex(where: { !isBlank($0) }) else {
      return nil
    }
    let text = line[start...end]
    var moment = String(decoding: text, as: UTF8.self)
    if text.first == UInt8(ascii: "{") {
      guard let scan = try? decoder.decode(Line.self, from: Data(text)) else {  // what is wrong is said below
        throw Fault(.replayLineNoScan, ["line": .count(number)])
      }
      guard scan.isArrival else { return nil }
      moment = scan.at
    }
    guard let instant = OffsetTime(moment)?.instant else {
      throw Fault(.replayLineNoTime, ["line": .count(number), "text": .text(YAMLValue.shown(moment))])
    }
    return instant
  }
}
