/** The product that access goes over to. */
export interface ProductHeir {
  productRef: string;
  productTitle: string;
  port: string;
  ownerRef: string;
  domainRef: string;
}
