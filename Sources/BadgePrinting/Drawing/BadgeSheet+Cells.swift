package import LanyardDomain

extension BadgeSheet {
  /// Width and height of A4 paper in millimetres.
  static let a4Size = (width: 210.0, height: 297.0)

  /// Whether a badge of this design finds room on it.
  package func holds(_ design: BadgeDesign) -> Bool {
    let (columns, rows) = grid(of: design)
    return columns > 0 && rows > 0
  }

  /// Where badges stand on a sheet, in millimetres.
  func cells(of design: BadgeDesign) -> [(x: Double, y: Double)] {
    guard self == .a4 else { return [(0, 0)] }
    let (columns, rows) = grid(of: design)
    let left = (Self.a4Size.width - Double(columns) * design.width) / 2
    let top = (Self.a4Size.height - Double(rows) * design.height) / 2
    return (0..<rows).flatMap { row in
      (0..<columns).map { (left + Double($0) * design.width, top + Double(row) * design.height) }
    }
  }

  /// Columns and rows; none where it does not hold the design.
  func grid(of design: BadgeDesign) -> (columns: Int, rows: Int) {
    guard self == .a4 else { return (1, 1) }
    return (Int(Self.a4Size.width / design.width), Int(Self.a4Size.height / design.height))
  }

  func size(of design: BadgeDesign) -> (width: Double, height: Double) {
    self == .a4 ? Self.a4Size : (design.width, design.height)
  }
}
