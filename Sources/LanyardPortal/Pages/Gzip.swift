import CZlib
import Hummingbird

/// Bytes in less room, as browsers take them (RFC 1952).
enum Gzip {
  /// Nil where it would be no less.
  static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
    var input = bytes
    let made = [UInt8](unsafeUninitializedCapacity: bytes.count) { output, count in
      count = Int(
        lanyard_gzip(&input, UInt32(clamping: input.count), output.baseAddress, UInt32(clamping: bytes.count))
      )
    }
    return made.isEmpty ? nil : made
  }
}

extension Request {
  /// Whether the browser takes gzip (RFC 9110, 12.5.3).
  var takesGzip: Bool {
    (headers[.acceptEncoding] ?? "").split(separator: ",").contains { coding in
      let parts = coding.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
      return parts.first == "gzip" && !parts.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" }
    }
  }
}
