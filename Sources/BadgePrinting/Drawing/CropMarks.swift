import LanyardDomain

/// Where a sheet of badges is cut, and the marks for it, which lie outside of what is left of each badge. Lengths are
/// millimetres.
///
/// Where badges leave room around them, marks stand there, and neighbours share a cut. Where they fill the sheet, as four of A6
/// do, the outermost two millimetres of each are its bleed: they are cut away, with the marks in them.
struct CropMarks {
  /// What is cut away along each edge of a badge where badges fill the sheet.
  static let bleed = 2.0
  private static let gap = 1.0
  private static let length = 4.0
  /// From a mark in the bleed to the badge.
  private static let innerGap = 0.5

  struct Line: Hashable {
    let from: (x: Double, y: Double)
    let to: (x: Double, y: Double)

    static func == (one: Line, other: Line) -> Bool { one.from == other.from && one.to == other.to }

    func hash(into hasher: inout Hasher) { for length in [from.x, from.y, to.x, to.y] { hasher.combine(length) } }
  }

  /// One direction of the sheet: where it is cut, and where marks of the other direction's cuts may stand.
  struct Axis {
    let cuts: [Double]
    let strips: [ClosedRange<Double>]

    /// - Parameters:
    ///   - start: Where the first badge begins.
    ///   - side: Of a badge.
    init(start: Double, side: Double, count: Int) {
      let edges = (0...count).map { start + Double($0) * side }
      let end = edges[count]
      if start >= CropMarks.gap + CropMarks.length {
        cuts = edges
        let (gap, length) = (CropMarks.gap, CropMarks.length)
        strips = [start - gap - length...start - gap, end + gap...end + gap + length]
      } else {
        let (bleed, gap) = (CropMarks.bleed, CropMarks.innerGap)
        cuts = edges.dropLast().flatMap { [$0 + bleed, $0 + side - bleed] }
        strips = edges.map { edge in
          max(edge - bleed + gap, start)...min(edge + bleed - gap, end)
        }
      }
    }
  }

  let columns: Axis
  let rows: Axis

  init(of design: BadgeDesign, on sheet: BadgeSheet) {
    let first = sheet.cells(of: design).first ?? (x: 0, y: 0)
    let grid = sheet.grid(of: design)
    columns = Axis(start: first.x, side: design.width, count: grid.columns)
    rows = Axis(start: first.y, side: design.height, count: grid.rows)
  }

  var lines: [Line] {
    let upright = columns.cuts.flatMap { x in
      rows.strips.map { Line(from: (x, $0.lowerBound), to: (x, $0.upperBound)) }
    }
    let level = rows.cuts.flatMap { y in
      columns.strips.map { Line(from: ($0.lowerBound, y), to: ($0.upperBound, y)) }
    }
    return upright + level
  }
}
