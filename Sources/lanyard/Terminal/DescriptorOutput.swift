import Glibc

/// Writing to a terminal that may be slow or gone.
enum DescriptorOutput {
  /// How long a terminal that takes nothing is waited for.
  private static let patienceMilliseconds: Int32 = 200

  /// Writes the text, in one write(2) where the terminal takes it; gives up on a terminal that is gone or stuck.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count > 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        } else if errno == EAGAIN {
          var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          guard poll(&ready, 1, patienceMilliseconds) > 0 else { return false }
        } else if errno != EINTR {
          return false
        }
      }
      return true
    }
  }
}
