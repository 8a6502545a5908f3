extension QRImage {
  /// Written without Cairo, whose SVG is ten times as long; one path, so that no seams show between modules.
  func svg(moduleMillimetres: Double) -> [UInt8] {
    // Micrometres are exact enough, and keep 17 digits out of the file.
    let size = (Double(side) * moduleMillimetres * 1000).rounded() / 1000
    let path = runs.map { "M\($0.column) \($0.row)h\($0.length)v1h-\($0.length)z" }.joined()
    let text = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(size)mm" height="\(size)mm" viewBox="0 0 \(side) \(side)">\
      <path fill="#fff" d="M0 0h\(side)v\(side)h-\(side)z"/>\
      <path shape-rendering="crispEdges" d="\(path)"/></svg>

      """
    return Array(text.utf8)
  }
}
