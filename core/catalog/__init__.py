"""商品: products and the codes that are printed on them."""
