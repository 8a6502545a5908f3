import LanyardDomain

/// A plan as people read it: the answer, a table, and a chart of the line.
package struct LanePlanText {
  private let plan: LanePlan
  private static let chartWidth = 25

  package init(_ plan: LanePlan) {
    self.plan = plan
  }

  package var text: String { ([answer, ""] + table + [""] + chart).joined(separator: "\n") }

  private var answer: String {
    let row = plan.chosen
    let lanes = plan.lanes == 1 ? "One lane is" : "\(plan.lanes) lanes are"
    let limit = words(plan.limit)
    return
      "\(lanes) enough: 19 people of 20 wait at most \(words(row.wait95.high)) on 19 mornings of 20 (wanted: \(limit)), "
      + "and the line is longest with about \(Int(row.longestQueue.median)) people, \(words(row.longestQueueAt.median)) "
      + "after the first come."
  }

  private var table: [String] {
    let head = ["lanes", "19 of 20 wait at most", "longest line", "empty"]
    let rows = plan.rows.map { row in
      [
        "\(row.lanes)", range(row.wait95, words), range(row.longestQueue) { "\(Int($0))" },
        row.emptyAfter.median > 0 ? "\(words(row.emptyAfter.median)) late" : "in time",
      ]
    }
    return TextTable.lines([head] + rows, words: Set(head.indices))
      + ["  (the middle of all mornings; in brackets from the 5th to the 95th of a hundred)"]
  }

  /// The line over time with the planned lanes, and with one fewer.
  private var chart: [String] {
    let rows = [plan.chosen] + [plan.oneFewer].compactMap(\.self)
    let most = max(rows.flatMap(\.queue).max() ?? 0, 1)
    let titles = rows.map {
      TextTable.padded("people in line, \($0.lanes) \($0.lanes == 1 ? "lane" : "lanes")", Self.chartWidth + 6)
    }
    let parts = rows.map(\.queue.count).max() ?? 0
    let lines = (0..<parts).map { part in
      let bars = rows.map { row in
        let waiting = part < row.queue.count ? row.queue[part] : 0
        let length = Int((waiting / most * Double(Self.chartWidth)).rounded(.up))
        return TextTable.padded(String(repeating: "█", count: length) + " \(Int(waiting))", Self.chartWidth + 6)
      }
      let from = TextTable.padded("+" + words(Double(part) * plan.part), 13)
      return TextTable.trimmed("  \(from)" + bars.joined(separator: " "))
    }
    let isCut = parts == LanePlan.mostParts && rows.contains { ($0.queue.last ?? 0) > 0 }
    return [TextTable.trimmed("  " + TextTable.padded("from", 13) + titles.joined(separator: " "))] + lines
      + (isCut ? ["  … and on until the line is empty, when the table says."] : [])
  }

  private func range(_ range: LanePlan.Range, _ words: (Double) -> String) -> String {
    "\(words(range.median)) (\(words(range.low)) to \(words(range.high)))"
  }

  private func words(_ seconds: Double) -> String { TimeSpan.words(.seconds(seconds)) }
}
