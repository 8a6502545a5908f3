import LanyardStore

/// What psql is told so that it runs statements on the rows that SQLite had, and what it says.
struct StatementScript {
  private static let (field, record, null) = ("\u{1f}", "\u{1e}", "\u{1}")

  /// What came of a run, as text: rows that it returned, and what was in the table that it changed.
  struct Outcome: Equatable {
    var rows: [[String]]
    var after: [[String]]
  }

  let tables: [String: SharedTable]
  let runs: [StatementRun]

  /// All of it.
  var text: String {
    var parts = [
      """
      \\set ON_ERROR_STOP off
      \\pset format unaligned
      \\pset fieldsep '\\037'
      \\pset recordsep '\\036'
      \\pset null '\\001'
      SET client_min_messages = warning;
      """
    ]
    parts += tables.values.sorted { $0.name < $1.name }.map(\.creation)
    var (prepared, loaded): ([String: Int], [String: [[SQLScalar]]]) = ([:], [:])
    for (number, run) in runs.enumerated() {
      if prepared[run.text] == nil {
        prepared[run.text] = prepared.count
        parts.append("\\echo \(run.place)\nPREPARE s\(prepared.count - 1) AS \(run.text);")
      }
      for (name, rows) in run.before.sorted(by: { $0.key < $1.key }) where loaded[name] != rows {
        loaded[name] = rows
        parts.append(loading(name, rows))
      }
      let values = run.values.map(Self.literal).joined(separator: ", ")
      let call = "EXECUTE s\(prepared[run.text] ?? 0)\(run.values.isEmpty ? "" : "(\(values))");"
      parts.append("\\echo <<\(number)\n\(run.after == nil ? call : changing(run, call))\n\\echo >>")
    }
    return parts.joined(separator: "\n")
  }

  /// What came of each run, from what psql said; nil where it said nothing of it.
  func outcomes(_ said: String) -> [Outcome?] {
    var found: [Outcome?] = Array(repeating: nil, count: runs.count)
    for part in said.components("<<").dropFirst() {
      let lines = part.components(">>\n").first ?? ""
      guard let end = lines.firstIndex(of: "\n"), let number = Int(lines[..<end]), found.indices ~= number else {
        continue
      }
      let parts = lines[lines.index(after: end)...].components("==\n").map(Self.rows)
      found[number] = Outcome(rows: parts.first ?? [], after: parts.count > 1 ? parts[1] : [])
    }
    return found
  }

  /// What SQLite made of a run, as PostgreSQL would say it.
  ///
  /// - Parameter width: How many columns PostgreSQL gives; more that are null are none.
  static func expected(_ run: StatementRun, width: Int) -> Outcome {
    let rows = run.rows.map { row in
      row.enumerated().filter { $0.offset < width || $0.element != .null }.map { word($0.element) }
    }
    return Outcome(rows: rows, after: run.after?.rows.map { $0.map(word) } ?? [])
  }

  private func loading(_ name: String, _ rows: [[SQLScalar]]) -> String {
    var lines = ["TRUNCATE \"\(name)\";"]
    if !rows.isEmpty {
      let values = rows.map { "(\($0.map(Self.literal).joined(separator: ", ")))" }
      lines.append("INSERT INTO \"\(name)\" VALUES \(values.joined(separator: ",\n"));")
    }
    return lines.joined(separator: "\n")
  }

  /// Runs what changes a table, looks at the table, and takes it back.
  private func changing(_ run: StatementRun, _ call: String) -> String {
    guard let name = run.after?.table else { return call }
    let next = tables[name]?.number.map { number in
      """
      \\o /dev/null
      SELECT setval(pg_get_serial_sequence('\(name)', '\(number)'), coalesce(max("\(number)"), 0) + 1, false) FROM "\(name)";
      \\o
      """
    }
    return ["BEGIN;", next, call, "\\echo ==", "SELECT * FROM \"\(name)\";", "ROLLBACK;"].compactMap { $0 }
      .joined(separator: "\n")
  }

  /// A value as libpq sends it: a text whose type the statement tells.
  private static func literal(_ value: SQLScalar) -> String {
    switch value {
    case .null: "NULL"
    case .integer(let integer): "'\(integer)'"
    case .text(let text): "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
    case .data: "'\(word(value))'"
    }
  }

  private static func word(_ value: SQLScalar) -> String {
    switch value {
    case .null: null
    case .integer(let integer): "\(integer)"
    case .text(let text): text
    case .data(let bytes): "\\x" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }

  private static func rows(_ said: String) -> [[String]] {
    guard !said.isEmpty else { return [] }
    return (said.hasSuffix("\n") ? String(said.dropLast()) : said).components(record).map { $0.components(field) }
  }
}

extension StringProtocol {
  /// The parts between separators, by bytes and not by what looks like one letter.
  fileprivate func components(_ separator: String) -> [String] {
    let (bytes, end) = (Array(utf8), Array(separator.utf8))
    var (parts, start, index): ([String], Int, Int) = ([], 0, 0)
    while index + end.count <= bytes.count {
      if bytes[index] == end[0], bytes[index..<(index + end.count)].elementsEqual(end) {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += end.count
        start = index
      } else {
        index += 1
      }
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }
}
