import BadgePrinting
import CPangoCairo
import Foundation

/// A PNG file as the colours of its points.
struct PageImage {
  let width: Int
  let height: Int
  private let bytes: [UInt8]
  private let stride: Int

  init(_ png: [UInt8]) throws {
    let folder = FileManager.default.temporaryDirectory
    let file = folder.appending(path: "page-\(UUID().uuidString).png")
    // It lies among the machine's temporary files.
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(png).write(to: file)
    try self.init(file: file)
  }

  init(file: URL) throws {
    let surface = cairo_image_surface_create_from_png(file.path)
    defer { cairo_surface_destroy(surface) }
    guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let data = cairo_image_surface_get_data(surface) else {
      throw CocoaError(.fileReadCorruptFile)
    }
    width = Int(cairo_image_surface_get_width(surface))
    height = Int(cairo_image_surface_get_height(surface))
    stride = Int(cairo_image_surface_get_stride(surface))
    bytes = Array(UnsafeBufferPointer(start: data, count: stride * height))
  }

  /// Red, green and blue.
  subscript(x x: Int, y y: Int) -> [UInt8] {
    let place = y * stride + 4 * x
    return [bytes[place + 2], bytes[place + 1], bytes[place]]
  }

  /// How much another picture of this size differs: the mean of all differences, of 255, and the share of points that differ by
  /// more than a third.
  func difference(to other: PageImage) -> (mean: Double, share: Double) {
    var (sum, points) = (0, 0)
    for y in 0..<height {
      for x in 0..<width {
        let differences = zip(self[x: x, y: y], other[x: x, y: y]).map { abs(Int($0) - Int($1)) }
        sum += differences.reduce(0, +)
        points += (differences.max() ?? 0) > 85 ? 1 : 0
      }
    }
    let all = Double(width * height)
    return (Double(sum) / all / 3, Double(points) / all)
  }
}
