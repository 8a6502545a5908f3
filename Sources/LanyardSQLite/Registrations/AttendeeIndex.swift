import GRDB
import LanyardDomain
import LanyardStore

/// Finds the registrations of one event by words of `attendee_key`, within the caller's transaction.
///
/// The index knows texts of three letters. A longer word is a phrase of them; for a shorter one, the entries that begin
/// with it are looked up first. One letter is looked for where words begin, and anywhere where it is a whole syllable.
struct AttendeeIndex {
  private let db: Database
  /// What stands for the event in the index.
  private let event: String

  /// - Parameter event: The store's key of the event.
  init(_ db: Database, event: Int64) throws {
    self.db = db
    self.event = try EventLetters.text(of: event, db)
  }

  /// How a page is asked for: first those of whom each word begins a name, then those of whom each begins a name or a word
  /// of the organisation, then the others.
  struct Query {
    /// All of them.
    fileprivate let all: String
    /// Those of each part of the list.
    fileprivate let parts: [String]
  }

  /// The query for folded words; nil where one of them occurs nowhere.
  func query(_ words: [String]) throws -> Query? {
    var anywhere: [String] = []
    var names: [String] = []
    var beginnings: [String] = []
    for word in words {
      let isLetter = word.unicodeScalars.count == 1
      func beginning(after start: String) throws -> String {
        // No word begins with what stands nowhere, which no text may hold.
        (isLetter ? try entries(beginningWith: start + word) : Self.quoted(start + word))
          ?? Self.quoted("\(start)\(word)\u{10FFFF}")
      }
      let name = try beginning(after: " ")
      let any = "(\(name) OR \(try beginning(after: String(SearchText.otherStart))))"
      let inside: String? =
        switch word.unicodeScalars.count {
        case 1 where !SearchText.hasWholeLetter(word): any
        case 1, 2: try entries(beginningWith: word)
        default: Self.quoted(word)
        }
      guard let inside else { return nil }
      anywhere.append(inside)
      names.append(name)
      beginnings.append(any)
    }
    let all = anywhere.joined(separator: " AND ")
    let first = names.joined(separator: " AND ")
    let second = beginnings.joined(separator: " AND ")
    let parts = [first, "(\(second)) NOT (\(first))", "(\(all)) NOT (\(second))"]
    return Query(all: restricted(all), parts: parts.map(restricted))
  }

  /// The next `count` places after one.
  func positions(_ query: Query, after start: AttendeePosition, count: Int) throws -> [AttendeePosition] {
    let statement = try db.cachedStatement(
      sql: "SELECT rowid FROM attendee_search WHERE attendee_search MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?"
    )
    var start = start
    var found: [AttendeePosition] = []
    while start.part < query.parts.count && found.count < count {
      let part = start.part
      let keys = try Int64.fetchAll(statement, arguments: [query.parts[part], start.key, count - found.count])
      found += keys.map { AttendeePosition(part: part, key: $0) }
      start = AttendeePosition(part: part + 1, key: 0)
    }
    return found
  }

  /// How many there are, up to `FoundAttendee.countLimit`.
  func count(_ query: Query) throws -> Int {
    let statement = try db.cachedStatement(
      sql: "SELECT count(*) FROM (SELECT rowid FROM attendee_search WHERE attendee_search MATCH ? LIMIT ?)"
    )
    return try Int.fetchOne(statement, arguments: [query.all, FoundAttendee.countLimit]) ?? 0
  }

  /// Any of the index's entries that begin with a text of one or two letters; nil where there are none.
  private func entries(beginningWith text: String) throws -> String? {
    let statement = try db.cachedStatement(sql: "SELECT term FROM attendee_term WHERE term >= ? AND term < ?")
    // No entry's letter comes after the last one that there is.
    let entries = try String.fetchAll(statement, arguments: [text, text + "\u{10FFFF}"])
    return entries.isEmpty ? nil : "(\(entries.map(Self.quoted).joined(separator: " OR ")))"
  }

  private func restricted(_ expression: String) -> String {
    "event : \(Self.quoted(event)) AND attendee_key : (\(expression))"
  }

  /// The text as the query language writes it, with its quotes doubled; by scalars, as a mark may follow a quote.
  private static func quoted(_ text: String) -> String {
    var quoted = "\"".unicodeScalars
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted.append(scalar) }
      quoted.append(scalar)
    }
    return String(quoted) + "\""
  }
}
