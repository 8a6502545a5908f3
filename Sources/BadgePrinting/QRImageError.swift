/// Why a QR code was not drawn.
package enum QRImageError: Error, Hashable, Sendable {
  /// The module size is outside the format's range.
  case moduleSize
  /// Cairo failed, with its own words.
  case drawing(String)
}

extension QRImageError: CustomStringConvertible {
  /// What happened and what to do next.
  package var description: String {
    switch self {
    case .moduleSize: "A module needs 1 to 32 pixels, or more than 0 and up to 20 millimetres: choose such a size."
    case .drawing(let reason): "The QR code was not drawn (\(reason)): free some memory and try again."
    }
  }
}
