// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// The number of every message. A reply has the number of its request with `replyBit` set. Numbers are
/// never reused; commands are below 0x100, because the journal keeps them too.
package enum Opcode: UInt16, Sendable, CaseIterable {
  case setStore = 0x01
  case setProduct = 0x02
  case setSource = 0x03
  case setStock = 0x04
  case deleteStock = 0x05
  case setChannel = 0x06
  case linkSource = 0x07
  case unlinkSource = 0x08
  case setSourceItems = 0x09
  case removeSourceItems = 0x0A
  case deleteProduct = 0x0B
  case renameProduct = 0x0C
  case assignSources = 0x0D
  case unassignSources = 0x0E
  case importSourceItems = 0x0F
  case hold = 0x10
  case extend = 0x11
  case place = 0x12
  case release = 0x13
  case cancel = 0x14
  case changeHold = 0x15
  case failOrder = 0x16
  case processOrder = 0x17
  case recordOrder = 0x18
  case setOrderState = 0x19
  case reopen = 0x1A
  case invoice = 0x20
  case deduct = 0x21
  case refund = 0x22
  case notifyPickup = 0x23
  case receive = 0x30
  case adjust = 0x31
  case transfer = 0x32
  case setSupply = 0x33
  case appendEntries = 0x34
  case compensate = 0x35
  case cleanUp = 0x36
  case importPlaces = 0x38
  case setCustomerLimit = 0x39
  case removeCustomerLimit = 0x3A
  case setChannelPolicy = 0x3B
  case removeChannelPolicy = 0x3C
  case pulse = 0x40
  case digest = 0x41
  case setCapacities = 0x42
  case status = 0x100
  case salable = 0x101
  case check = 0x102
  case getHold = 0x103
  case getOrder = 0x104
  case outcome = 0x105
  case sourceItems = 0x106
  case sourceItemPage = 0x107
  case onHandPage = 0x108
  case sources = 0x109
  case stocks = 0x10A
  case product = 0x10B
  case store = 0x10C
  case explain = 0x10D
  case entries = 0x10E
  case channel = 0x10F
  case salableBy = 0x110
  case suggest = 0x111
  case onlyLeft = 0x112
  case stocksOf = 0x113
  case exportStock = 0x114
  case selectSources = 0x115
  case lowStock = 0x116
  case pickupLocations = 0x117
  case pickupLocation = 0x118
  case pickupReady = 0x119
  case inconsistencies = 0x11A
  case holds = 0x11B
  case products = 0x11C
  case searchSources = 0x11D
  case itemsAt = 0x11E
  case customerLimits = 0x11F
  case channelPolicies = 0x120
  case supplies = 0x121
  case placeCount = 0x122
  case changes = 0x123
  case hello = 0x200
  case ping = 0x201
  case batch = 0x202
  case fault = 0x20F

  /// Set in the opcode of a reply.
  package static let replyBit: UInt16 = 0x8000

  /// What a message is, and so who may send it.
  package enum Family: Sendable {
    /// Changes state; answered by a reply with an outcome.
    case command
    /// A command the server gives itself.
    case serverOnly
    case query
    case greeting
    case ping
    case batch
  }

  package var family: Family {
    switch self {
    case .pulse, .digest, .setCapacities, .fault: .serverOnly
    case .hello: .greeting
    case .ping: .ping
    case .batch: .batch
    default: rawValue < 0x100 ? .command : .query
    }
  }

  /// The name in documents, logs and metrics.
  package var name: String {
    switch self {
    case .setStore: "set_store"
    case .setProduct: "set_product"
    case .setSource: "set_source"
    case .setStock: "set_stock"
    case .deleteStock: "delete_stock"
    case .setChannel: "set_channel"
    case .linkSource: "link_source"
    case .unlinkSource: "unlink_source"
    case .setSourceItems: "set_source_items"
    case .removeSourceItems: "remove_source_items"
    case .getHold: "get_hold"
    case .getOrder: "get_order"
    case .sourceItems: "source_items"
    case .setCapacities: "set_capacities"
    case .sourceItemPage: "source_item_page"
    case .onHandPage: "on_hand_page"
    case .deleteProduct: "delete_product"
    case .renameProduct: "rename_product"
    case .assignSources: "assign_sources"
    case .unassignSources: "unassign_sources"
    case .importSourceItems: "import_source_items"
    case .changeHold: "change_hold"
    case .failOrder: "fail_order"
    case .processOrder: "process_order"
    case .recordOrder: "record_order"
    case .setOrderState: "set_order_state"
    case .notifyPickup: "notify_pickup"
    case .setSupply: "set_supply"
    case .appendEntries: "append_entries"
    case .cleanUp: "clean_up"
    case .importPlaces: "import_places"
    case .setCustomerLimit: "set_customer_limit"
    case .removeCustomerLimit: "remove_customer_limit"
    case .setChannelPolicy: "set_channel_policy"
    case .removeChannelPolicy: "remove_channel_policy"
    case .salableBy: "salable_by"
    case .onlyLeft: "only_left"
    case .stocksOf: "stocks_of"
    case .exportStock: "export_stock"
    case .selectSources: "select_sources"
    case .lowStock: "low_stock"
    case .pickupLocations: "pickup_locations"
    case .pickupLocation: "pickup_location"
    case .pickupReady: "pickup_ready"
    case .searchSources: "search_sources"
    case .itemsAt: "items_at"
    case .customerLimits: "customer_limits"
    case .channelPolicies: "channel_policies"
    case .placeCount: "place_count"
    default: "\(self)"
    }
  }

  /// The opcode of a command.
  package init(_ command: Command) {
    self =
      switch command {
      case .setStore: .setStore
      case .setProduct: .setProduct
      case .setSource: .setSource
      case .setStock: .setStock
      case .deleteStock: .deleteStock
      case .setChannel: .setChannel
      case .linkSource: .linkSource
      case .unlinkSource: .unlinkSource
      case .setSourceItems: .setSourceItems
      case .removeSourceItems: .removeSourceItems
      case .hold: .hold
      case .extend: .extend
      case .place: .place
      case .release: .release
      case .cancel: .cancel
      case .invoice: .invoice
      case .deduct: .deduct
      case .refund: .refund
      case .receive: .receive
      case .adjust: .adjust
      case .transfer: .transfer
      case .pulse: .pulse
      case .digest: .digest
      case .setCapacities: .setCapacities
      case .deleteProduct: .deleteProduct
      case .renameProduct: .renameProduct
      case .assignSources: .assignSources
      case .unassignSources: .unassignSources
      case .importSourceItems: .importSourceItems
      case .changeHold: .changeHold
      case .failOrder: .failOrder
      case .processOrder: .processOrder
      case .recordOrder: .recordOrder
      case .setOrderState: .setOrderState
      case .reopen: .reopen
      case .notifyPickup: .notifyPickup
      case .setSupply: .setSupply
      case .appendEntries: .appendEntries
      case .compensate: .compensate
      case .cleanUp: .cleanUp
      case .importPlaces: .importPlaces
      case .setCustomerLimit: .setCustomerLimit
      case .removeCustomerLimit: .removeCustomerLimit
      case .setChannelPolicy: .setChannelPolicy
      case .removeChannelPolicy: .removeChannelPolicy
      }
  }

  /// The opcode of a query.
  package init(_ query: Query) {
    self =
      switch query {
      case .status: .status
      case .salable: .salable
      case .check: .check
      case .hold: .getHold
      case .order: .getOrder
      case .outcome: .outcome
      case .sourceItems: .sourceItems
      case .sourceItemPage: .sourceItemPage
      case .onHandPage: .onHandPage
      case .sources: .sources
      case .stocks: .stocks
      case .product: .product
      case .store: .store
      case .explain: .explain
      case .entries: .entries
      case .channel: .channel
      case .salableBy: .salableBy
      case .suggest: .suggest
      case .onlyLeft: .onlyLeft
      case .stocksOf: .stocksOf
      case .exportStock: .exportStock
      case .selectSources: .selectSources
      case .lowStock: .lowStock
      case .pickupLocations: .pickupLocations
      case .pickupLocation: .pickupLocation
      case .pickupReady: .pickupReady
      case .inconsistencies: .inconsistencies
      case .holds: .holds
      case .products: .products
      case .searchSources: .searchSources
      case .itemsAt: .itemsAt
      case .customerLimits: .customerLimits
      case .channelPolicies: .channelPolicies
      case .supplies: .supplies
      case .placeCount: .placeCount
      case .changes: .changes
      }
  }
}
