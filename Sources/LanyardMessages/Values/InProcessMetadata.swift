/// Metadata of calls within a process, which say of whom they are made.
package enum InProcessMetadata {
  /// The address of the visitor of whose page a call is made, such as `192.0.2.1`.
  package static let visitor = "lanyard-visitor-address"
}
