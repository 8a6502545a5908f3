/// The version of the program, as `--version` prints it and devices tell it.
package enum ProgramVersion {
  package static let current = "0.2.0"
}
