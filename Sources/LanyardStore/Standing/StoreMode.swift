/// What the data of a store is for.
package enum StoreMode: String, Sendable {
  case real
  case rehearsal
}
