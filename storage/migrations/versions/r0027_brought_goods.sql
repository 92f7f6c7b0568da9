CREATE TABLE brought_goods (
	n INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	category VARCHAR NOT NULL, 
	brand VARCHAR NOT NULL, 
	PRIMARY KEY (n), 
	UNIQUE (code)
)

INSERT OR IGNORE INTO brought_goods (code, name, category, brand)
SELECT value ->> 'product' ->> 'code', value ->> 'product' ->> 'name',
    coalesce(value ->> 'product' ->> 'category', ''), coalesce(value ->> 'product' ->> 'brand', '')
FROM brought, json_each(data, '$.body.basket.lines')
WHERE kind = 'SaleSettled' AND about IS NOT NULL
    AND EXISTS (
        SELECT 1 FROM sale_lines WHERE sale_id = about AND no = value ->> 'no'
        AND product_id NOT IN (SELECT id FROM products)
    )

CREATE INDEX returns_of_date ON returns (business_on)
