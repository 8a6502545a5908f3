import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardMessages
import LanyardScanner
import LanyardTexts

/// Follows the headcounts of one event, also when the server was away for a while.
struct AttendanceWatch: Sendable {
  /// From a call that ended to the next try.
  private static let pause = Duration.seconds(1)

  let request: Lanyard_V1_WatchAttendanceRequest
  let client: ServerClient

  /// Runs until it is cancelled.
  ///
  /// - Throws: What the first call threw, or what no other try mends.
  func run(_ screen: WatchedAttendances) async throws {
    let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
    while !Task.isCancelled {
      do {
        try await service.watchAttendance(request) { response in
          for try await message in response.messages { try await screen.take(message, of: request.name) }
        }
      } catch let error as RPCError where CallFailure(error).isPassing {
        guard await screen.lost(request.name, CallFailure(error).sentence) else { throw error }
      }
      await Task.pause(Self.pause)
    }
  }
}

/// What `lanyard attendance --watch` shows: the headcounts of all events that it follows.
actor WatchedAttendances {
  private let names: [String]
  private let isJSON: Bool
  private let phrasebook: Phrasebook
  private var known: [String: Lanyard_V1_Attendance] = [:]
  /// How they are shown.
  private var tables: [String: AttendanceTable] = [:]
  /// The last line of JSON of each.
  private var lines: [String: String] = [:]
  /// Why an event is not followed at the moment.
  private var losses: [String: Sentence] = [:]

  /// - Parameter names: Resource names of the attendances, in the order in which they are shown.
  init(_ names: [String], isJSON: Bool, in phrasebook: Phrasebook) {
    (self.names, self.isJSON, self.phrasebook) = (names, isJSON, phrasebook)
  }

  func take(_ message: Lanyard_V1_WatchAttendanceResponse, of name: String) throws {
    let wasLost = losses.removeValue(forKey: name) != nil
    known[name, default: .init()].take(message)
    guard let told = try known[name].map({ try ToldAttendance($0) }) else { return }
    tables[name] = AttendanceTable(told)
    if wasLost, losses.isEmpty { say(Sentence(.watchBack)) }
    guard isJSON else { return draw() }
    let line = try Console.jsonText(AttendanceLine(told, naming: names.count > 1))
    // A message without news is only a sign of life.
    if lines.updateValue(line, forKey: name) != line { Console.line(line) }
  }

  /// Says that the server is not reached; false where it never was.
  func lost(_ name: String, _ why: Sentence) -> Bool {
    guard known[name] != nil else { return false }
    let isNews = losses.isEmpty
    losses[name] = why
    if isNews { say(lost(name, why)) }
    return true
  }

  /// That the headcounts are those of a moment that has passed.
  private func lost(_ name: String, _ why: Sentence) -> Sentence {
    var facts: [String: Sentence.Fact] = ["why": .sentence(why)]
    guard let table = tables[name] else { return Sentence(.watchLost, facts) }
    facts["time"] = table.readAt
    return Sentence(.watchLostSince, facts)
  }

  private func say(_ sentence: Sentence) {
    if !isJSON, Console.isTerminal { draw() } else { Console.error(sentence, phrasebook) }
  }

  /// Draws all anew, in as much room as the terminal has by then.
  func draw() {
    // Until each has come once, the table would only jump.
    guard known.count == names.count else { return }
    Console.clear()
    var screen = WatchScreen(phrasebook)
    for name in names { screen.lines += tables[name]?.shown(phrasebook) ?? [] }
    if Console.isTerminal, let (name, why) = losses.min(by: { $0.key < $1.key }) {
      screen.notes = AttendanceTable.framed(phrasebook.text(lost(name, why))).map { ShownLine($0, "30;43") }
    }
    // The cursor stands below the last line.
    let size = Console.size
    for line in screen.fitted(to: size.map { $0.rows - 1 }, columns: size?.columns) {
      Console.line(line.text, line.style)
    }
  }
}

/// A line of a screen, with its style where it has one.
struct ShownLine: Hashable {
  let text: String
  let style: String?

  init(_ text: String, _ style: String? = nil) { (self.text, self.style) = (text, style) }
}

/// What a terminal shows of headcounts that may be longer than it is high.
struct WatchScreen {
  var lines: [ShownLine] = []
  /// What stands below them, whatever is left out.
  var notes: [ShownLine] = []
  private let phrasebook: Phrasebook

  init(_ phrasebook: Phrasebook) { self.phrasebook = phrasebook }

  /// As much as fits in so many rows; where that is not all, a line says how much is left out. Lines are cut to the columns that there
  /// are, since one that goes on in the next row takes two.
  ///
  /// - Parameters:
  ///   - rows: Nil where there is no limit.
  ///   - columns: The same.
  func fitted(to rows: Int?, columns: Int? = nil) -> [ShownLine] {
    let shown = fitted(rows)
    guard let columns else { return shown }
    return shown.map { ShownLine(TextWidth.cut($0.text, to: columns), $0.style) }
  }

  private func fitted(_ rows: Int?) -> [ShownLine] {
    guard let rows, lines.count + notes.count > rows else { return lines + notes }
    func more(_ count: Int) -> [ShownLine] {
      AttendanceTable.framed(phrasebook.text(Sentence(.watchMore, ["lines": .count(count)]))).map { ShownLine($0, "7") }
    }
    let room = max(0, rows - notes.count - more(lines.count).count)
    return Array(lines.prefix(room)) + more(lines.count - room) + notes
  }
}
