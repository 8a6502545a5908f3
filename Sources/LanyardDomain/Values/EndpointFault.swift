/// What is wrong with a HOST:PORT. See `Fault`.
package enum EndpointFault: Hashable, Sendable {
  /// is {address}: say an IP address and a port, such as 0.0.0.0:8443
  case noSocketAddress(address: String)
  /// is {text}: it has no port; say HOST:PORT, such as 127.0.0.1:8443
  case noPort(text: String)
  /// is {text}: the port is not {low} to {high}
  case portOutOfRange(text: String, low: Int, high: Int)
  /// is {text}: an IPv6 address stands in brackets, such as [::1]:8443, and a name has no colon
  case bareIPv6(text: String)
  /// is {text}: in the brackets is no IPv6 address
  case noIPv6(text: String)
  /// is {text}: the host is no name and no IP address
  case noHost(text: String)
}
