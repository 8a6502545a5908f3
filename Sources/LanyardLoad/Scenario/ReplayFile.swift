import Foundation
import LanyardDomain
import LanyardTexts
import LanyardYAML

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
    /// The same by the clock of the event's place, such as `2024-05-27 08:30:05`.
    let local: String?
    let answer: AnswerKind?
    let undone: Bool?

    /// Whether somebody came in or tried to, and it was not taken back.
    var isArrival: Bool { answer != .left && undone != true }
  }

  /// When somebody came, and how that is written.
  private struct Arrival {
    let instant: Instant
    /// By the clock of the place, where the file has that.
    let words: String
    /// Days since 1970 there.
    let day: Int
  }

  /// How long after the first each scan was, in order, only those before `length`; and what there is of the file.
  static func day(_ file: URL, within length: Duration) throws(Fault) -> (moments: [Duration], recording: Recording) {
    let decoder = JSONDecoder()
    var (instants, days, number, first) = ([Instant](), Set<Int>(), 0, Arrival?.none)
    var rest = try contents(file)[...]
    // Windows marks UTF-8 so; the mark is no part of the text.
    if rest.starts(with: TextMarks.utf8) { rest = rest.dropFirst(TextMarks.utf8.count) }
    guard !TextMarks.isUTF16(rest) else { throw Fault(.replayNoUTF8) }
    while !rest.isEmpty {
      number += 1
      let line = rest.prefix { $0 != UInt8(ascii: "\n") }
      rest = rest[line.endIndex...].dropFirst()
      guard let arrival = try arrival(line, number: number, decoder) else { continue }
      guard instants.count < Scenario.arrivalLimit else {
        throw Fault(.replayTooManyScans, ["limit": .count(Scenario.arrivalLimit)])
      }
      instants.append(arrival.instant)
      days.insert(arrival.day)
      if first.map({ arrival.instant < $0.instant }) ?? true { first = arrival }
    }
    let moments = first.map { first in instants.map { $0 - first.instant }.filter { $0 < length }.sorted() } ?? []
    let recording = Recording(
      scans: instants.count,
      played: moments.count,
      begins: first?.words ?? "",
      days: days.count
    )
    return (moments, recording)
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
  private static func arrival(_ line: ArraySlice<UInt8>, number: Int, _ decoder: JSONDecoder) throws(Fault) -> Arrival?
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
    var local: String?
    if text.first == UInt8(ascii: "{") {
      guard let scan = try? decoder.decode(Line.self, from: Data(text)) else {  // what is wrong is said below
        throw Fault(.replayLineNoScan, ["line": .count(number)])
      }
      guard scan.isArrival else { return nil }
      (moment, local) = (scan.at, scan.local)
    }
    guard let time = OffsetTime(moment) else {
      throw Fault(.replayLineNoTime, ["line": .count(number), "text": .text(YAMLValue.shown(moment))])
    }
    let there = Instant(microseconds: time.instant.microseconds + Int64(time.offset) * 1_000_000)
    let written = local.flatMap { LocalDate(String($0.prefix(10)))?.daysSince1970 }
    return Arrival(
      instant: time.instant,
      words: written == nil ? moment : String(local?.prefix(19) ?? ""),
      day: written ?? Int((Double(there.microseconds) / 86_400e6).rounded(.down))
    )
  }
}
